"""The command line: asks, shows progress, sets exit codes; decides nothing."""
