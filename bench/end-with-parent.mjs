// Loaded into each process of a benchmark: none is left when the benchmark ends, not even when it is killed.
process.on('disconnect', () => process.exit());
