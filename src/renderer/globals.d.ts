/** Version in package.json, put in by the bundler. */
declare const __MILLRACE_VERSION__: string
