// Loaded into each child process of a benchmark: exits when the benchmark ends, even if it is killed.
process.on('disconnect', () => process.exit());
