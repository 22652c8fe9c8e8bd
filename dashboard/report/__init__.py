"""The monthly report: everything here is made of what was frozen, never of live figures."""
