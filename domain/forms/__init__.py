"""Questionnaires: XForms read, evaluated and walked through. Pure: no input or output."""
