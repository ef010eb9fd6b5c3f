import { Select, TextInput } from '@mantine/core'
import type { ReactElement } from 'react'
import type { ReadingOptions } from '#shared/domain/reading-options.ts'
import type { SourceReport } from '#shared/domain/source-report.ts'
import styles from './reading-form.module.css'

type ReadingFormProps = { readonly reading: ReadingOptions; readonly report: SourceReport | undefined; readonly path: string; onChange(reading: ReadingOptions): void }

const DELIMITERS = [
  { value: ',', label: 'comma' },
  { value: ';', label: 'semicolon' },
  { value: 'tab', label: 'tab' },
  { value: '|', label: 'bar |' },
  { value: 'space', label: 'white space' },
  { value: 'fixed', label: 'fixed width' },
]
const ENCODINGS = ['utf-8', 'windows-1252', 'iso-8859-1', 'iso-8859-15', 'windows-1250', 'windows-1251', 'utf-16le', 'shift_jis', 'gb18030', 'cp949']
const YES_NO = [{ value: 'yes', label: 'yes' }, { value: 'no', label: 'no' }]
const TEXT = new Set(['delimited', 'fixed-width', 'files'])

/** How a file is read; what is not set is found out, and what was found out stands as the hint of each field. */
export function ReadingForm({ reading, report, path, onChange }: ReadingFormProps): ReactElement {
  const set = (change: { readonly [K in keyof ReadingOptions]?: ReadingOptions[K] | undefined }): void => onChange(Object.fromEntries(Object.entries({ ...reading, ...change }).filter(([, value]) => value !== undefined)))
  const isText = report === undefined ? !/\.(parquet|pq|json|jsonl|ndjson|xlsx|xlsm|sqlite3?|db)$/i.test(path) : TEXT.has(report.format)
  const isWorkbook = report === undefined ? /\.xls[xm]$/i.test(path) : report.format === 'xlsx'
  const isDatabase = report === undefined ? /\.(sqlite3?|db)$/i.test(path) : report.format === 'sqlite'
  const isJson = report === undefined ? /\.(json|jsonl|ndjson)$/i.test(path) : report.format === 'json'
  const yes = (value: boolean | undefined): string | null => (value === undefined ? null : value ? 'yes' : 'no')
  const found = (value: string | null | undefined): string => (value === null || value === undefined || value === '' ? 'found out' : `found: ${value === '\t' ? 'tab' : value}`)
  return (
    <div className={styles['fields']} role="group" aria-label="How it is read">
      {isText ? (
        <>
          <Select label="Encoding" placeholder={found(report?.encoding)} clearable searchable data={ENCODINGS} value={reading.encoding ?? null} onChange={(encoding) => set({ encoding: encoding ?? undefined })} />
          <Select label="Delimiter" placeholder={found(report?.delimiter)} clearable data={DELIMITERS} value={reading.delimiter ?? null} onChange={(delimiter) => set({ delimiter: delimiter ?? undefined })} />
          <Select label="Header" placeholder={found(report?.header === undefined || report.header === null ? null : report.header ? 'yes' : 'no')} clearable data={YES_NO} value={yes(reading.header)} onChange={(header) => set({ header: header === null ? undefined : header === 'yes' })} />
          <TextInput label="Lines above the table" placeholder={found(report?.skip === undefined ? null : String(report.skip))} inputMode="numeric" value={reading.skip === undefined ? '' : String(reading.skip)} onChange={({ currentTarget: { value } }) => set({ skip: /^\d{1,6}$/.test(value) ? Number(value) : undefined })} />
          <Select label="Decimal mark" placeholder={found(report?.decimal)} clearable data={[{ value: '.', label: 'point' }, { value: ',', label: 'comma' }]} value={reading.decimal ?? null} onChange={(decimal) => set({ decimal: decimal === '.' || decimal === ',' ? decimal : undefined })} />
          <Select label="Short lines" placeholder="refuse the file" clearable data={[{ value: 'pad', label: 'fill with missing' }]} value={reading.ragged === 'pad' ? 'pad' : null} onChange={(ragged) => set({ ragged: ragged === 'pad' ? 'pad' : undefined })} />
        </>
      ) : undefined}
      {isWorkbook ? <TextInput label="Sheet" placeholder={found(report?.part)} value={reading.sheet === undefined ? '' : String(reading.sheet)} onChange={({ currentTarget: { value } }) => set({ sheet: value === '' ? undefined : /^[1-9]\d?$/.test(value) ? Number(value) : value })} /> : undefined}
      {isDatabase ? <TextInput label="Table" placeholder={found(report?.part)} value={reading.table ?? ''} onChange={({ currentTarget: { value } }) => set({ table: value === '' ? undefined : value })} /> : undefined}
      {isJson ? <TextInput label="Records" placeholder={found(report?.part)} value={reading.records ?? ''} onChange={({ currentTarget: { value } }) => set({ records: value === '' ? undefined : value })} /> : undefined}
    </div>
  )
}
