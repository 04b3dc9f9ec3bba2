/** The build bundles styles into a separate file. */
declare module '*.css';
