"""The tests of Regiebord."""
