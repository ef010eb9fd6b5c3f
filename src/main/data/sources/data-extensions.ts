/**
 * Endings of files that the readers read, for lists of files to choose from; a list that loads no reader. Of the same set as the readers'
 * own `extensions`, which a test compares.
 */
export const dataExtensions: ReadonlySet<string> = new Set([
  '.csv', '.tsv', '.tab', '.txt', '.fwf', '.parquet', '.pq', '.json', '.jsonl', '.ndjson', '.geojson', '.xlsx', '.xlsm', '.sqlite', '.sqlite3', '.db', '.db3',
])
