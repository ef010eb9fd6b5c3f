import { delimitedReader } from './delimited/delimited-reader.ts'
import { fixedWidthReader } from './fixed-width/fixed-width-reader.ts'
import { jsonReader } from './json/json-reader.ts'
import { parquetReader } from './parquet-reader.ts'
import type { SourceReader } from './source-reader.ts'
import { sqliteReader } from './sqlite/sqlite-reader.ts'
import { xlsxReader } from './xlsx/xlsx-reader.ts'

/** Every kind of source file; adding one is one file and one line here. */
export const sourceReaders: readonly SourceReader[] = [delimitedReader, fixedWidthReader, parquetReader, jsonReader, xlsxReader, sqliteReader]
