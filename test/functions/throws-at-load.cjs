/** Lambda function whose load throws. */
throw new RangeError('it does not load');
