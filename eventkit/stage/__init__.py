"""What is on now: the programme, the way forward and back, and the shells of the views."""
