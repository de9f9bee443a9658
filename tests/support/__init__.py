"""What tests of several packages stand on."""
