"""The sealed box: answers lie encrypted until they are counted, then the key is destroyed."""
