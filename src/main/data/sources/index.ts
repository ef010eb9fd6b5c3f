import { delimitedReader } from './delimited/delimited-reader.ts'
import { jsonReader } from './json/json-reader.ts'
import { parquetReader } from './parquet-reader.ts'
import type { SourceReader } from './source-reader.ts'

/** Every kind of source file; adding one is one file and one line here. */
export const sourceReaders: readonly SourceReader[] = [delimitedReader, parquetReader, jsonReader]
