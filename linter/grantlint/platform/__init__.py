"""What Python and the operating system lack: late compiled patterns and names, files opened without waiting; errors."""
