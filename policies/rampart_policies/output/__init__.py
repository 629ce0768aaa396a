"""The forms a report takes: text for people, JSON for scripts, SARIF and JUnit for CI."""
