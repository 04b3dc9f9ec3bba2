/** Stands for a package that nothing of a Lambda uses. */
module.exports = {};
