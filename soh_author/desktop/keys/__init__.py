"""The person's own key: made on first run, shown to the policy's roots, opened with its passphrase."""
