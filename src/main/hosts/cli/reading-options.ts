import { Option, type Command } from 'commander'
import type { ReadingOptions } from '../../data/sources/reading-options.ts'
import { MillraceError } from '#shared/errors.ts'

const names = [
  ...(['encoding', 'delimiter', 'quote', 'escape', 'header', 'skip', 'comment', 'decimal', 'ragged'] as const),
  ...(['records', 'sheet', 'headerRow', 'table', 'query', 'fileColumn'] as const),
] satisfies readonly (keyof ReadingOptions)[]

/** Adds the options that say how a file is read where that would be found out wrongly. */
export function addReadingOptions(command: Command): Command {
  return command
    .option('--encoding <name>', 'encoding of the text, e.g. windows-1252 (default: found out)')
    .option('--delimiter <character>', 'character between cells, or tab, space, spaces, fixed (default: found out)')
    .option('--quote <character>', 'character around cells, "" for none (default: found out)')
    .option('--escape <character>', 'character before a quote inside quotes (default: found out)')
    .option('--header', 'the first line of the table names the columns (default: found out)')
    .option('--no-header', 'the first line of the table is data')
    .option('--skip <lines>', 'number of lines above the table (default: found out)', wholeNumber)
    .option('--comment <mark>', 'beginning of lines that are no data, "" for none (default: found out)')
    .addOption(new Option('--decimal <mark>', 'decimal mark of numbers (default: found out)').choices(['.', ',']))
    .addOption(new Option('--ragged <rule>', 'lines with too few cells: stop with an error, or take the rest as missing (default: error)').choices(['error', 'pad']))
    .option('--records <path>', 'JSON: dotted path of the records, $ for the top (default: found out)')
    .option('--sheet <sheet>', 'workbook: name or number of the sheet', sheetOf)
    .option('--header-row <row>', 'workbook: row that names the columns, from 1 (default: found out)', wholeNumber)
    .option('--table <name>', 'database: table or view')
    .option('--query <sql>', 'database: a SELECT, instead of a table')
    .option('--file-column <name>', "several files as one table: column to add that holds each row's file")
}

/** The reading options among a command's options, those that were said. */
export function readingOptions(options: ReadingOptions): ReadingOptions {
  return Object.fromEntries(names.flatMap((name) => (options[name] === undefined ? [] : [[name, options[name]]])))
}

/** A short number counts sheets; all else is a name. */
function sheetOf(text: string): string | number {
  return /^[1-9]\d?$/.test(text) ? Number(text) : text
}

function wholeNumber(text: string): number {
  if (/^\d+$/.test(text)) return Number(text)
  throw new MillraceError({ code: 'usage', headline: `"${text}" is no whole number`, nextStep: 'Give --skip and --header-row a whole number, e.g. --skip 3.', details: { value: text } })
}
