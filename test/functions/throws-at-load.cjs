/** A Lambda that cannot be loaded. */
throw new RangeError('it does not load');
