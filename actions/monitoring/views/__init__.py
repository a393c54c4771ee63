"""The pages of monitoring: rounds for the office, the inbox for who answers, the mailbox."""
