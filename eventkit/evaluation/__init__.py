"""The exit questionnaire: what people say of the day when it ends."""
