/** Replaces a package that no Lambda uses at run time. */
module.exports = {};
