import { crc32, deflateRawSync } from 'node:zlib'

/** A part of an archive as its directory declares it; sizes may lie. */
type Part = { readonly name: string; readonly content: string | Buffer; readonly declaredBytes?: number; readonly encrypted?: boolean }

/** A ZIP archive of deflated parts. */
export function zipOf(parts: readonly Part[]): Buffer {
  const files: Buffer[] = []
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, content, declaredBytes, encrypted = false } of parts) {
    const bytes = Buffer.from(content)
    const packed = deflateRawSync(bytes)
    const title = Buffer.from(name, 'utf8')
    const fields = Buffer.alloc(26)
    fields.writeUInt16LE(20, 0)
    fields.writeUInt16LE(encrypted ? 0x801 : 0x800, 2)
    fields.writeUInt16LE(8, 4)
    fields.writeUInt32LE(crc32(bytes), 10)
    fields.writeUInt32LE(packed.length, 14)
    fields.writeUInt32LE(declaredBytes ?? bytes.length, 18)
    fields.writeUInt16LE(title.length, 22)
    const local = Buffer.concat([Buffer.from('PK\x03\x04', 'latin1'), fields, title, packed])
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.concat([Buffer.from('PK\x01\x02\x14\x00', 'latin1'), fields, rest, title]))
    files.push(local)
    offset += local.length
  }
  const central = Buffer.concat(directory)
  const end = Buffer.alloc(22)
  end.write('PK\x05\x06', 'latin1')
  end.writeUInt16LE(parts.length, 8)
  end.writeUInt16LE(parts.length, 10)
  end.writeUInt32LE(central.length, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...files, central, end])
}

/** A cell: a text, a number, a truth value, a day (as its serial number), an XML cell body, or nothing. */
export type CellValue = string | number | boolean | null | { readonly serial: number; readonly style?: number } | { readonly xml: string; readonly type?: string }

/** A sheet to write: rows of cells, merged blocks such as `A2:A4`. */
export type SheetToWrite = { readonly name: string; readonly rows: readonly (readonly CellValue[])[]; readonly merged?: readonly string[]; readonly hidden?: boolean }

const namespaces = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
const relationships = 'xmlns="http://schemas.openxmlformats.org/package/2006/relationships"'
const office = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships'

/** Style 1 is a day, 2 a time, 3 a day and time, 4 a span. */
const styles = `<styleSheet ${namespaces}><numFmts><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd hh:mm"/><numFmt numFmtId="165" formatCode="[h]:mm"/></numFmts>
<cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="20"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs></styleSheet>`

/** The parts of an Excel workbook. */
export function workbookParts(sheets: readonly SheetToWrite[], options: { readonly from1904?: boolean; readonly prolog?: string } = {}): Part[] {
  const texts: string[] = []
  const parts = sheets.map((sheet, index) => ({ name: `xl/worksheets/sheet${index + 1}.xml`, content: `${options.prolog ?? ''}${sheetXml(sheet, texts)}` }))
  const listed = sheets.map(({ name, hidden = false }, index) => `<sheet name="${escaped(name)}" sheetId="${index + 1}" r:id="rId${index + 1}"${hidden ? ' state="hidden"' : ''}/>`)
  const related = sheets.map((_, index) => `<Relationship Id="rId${index + 1}" Type="${office}/worksheet" Target="worksheets/sheet${index + 1}.xml"/>`)
  return [
    { name: '_rels/.rels', content: `<Relationships ${relationships}><Relationship Id="rId1" Type="${office}/officeDocument" Target="xl/workbook.xml"/></Relationships>` },
    { name: 'xl/workbook.xml', content: `<workbook ${namespaces}><workbookPr${options.from1904 === true ? ' date1904="1"' : ''}/><sheets>${listed.join('')}</sheets></workbook>` },
    {
      name: 'xl/_rels/workbook.xml.rels',
      content: `<Relationships ${relationships}>${related.join('')}<Relationship Id="s" Type="${office}/styles" Target="styles.xml"/><Relationship Id="t" Type="${office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    },
    { name: 'xl/styles.xml', content: styles },
    { name: 'xl/sharedStrings.xml', content: `<sst ${namespaces}>${texts.map((text) => `<si><t xml:space="preserve">${escaped(text)}</t></si>`).join('')}</sst>` },
    ...parts,
  ]
}

/** An Excel workbook of one sheet with these rows. */
export function workbookOf(rows: readonly (readonly CellValue[])[]): Buffer {
  return zipOf(workbookParts([{ name: 'Sheet1', rows }]))
}

function sheetXml({ rows, merged = [] }: SheetToWrite, texts: string[]): string {
  const lines = rows.map((cells, row) => {
    const items = cells.map((cell, column) => cellXml(cell, `${String.fromCharCode(65 + column)}${row + 1}`, texts))
    return cells.length === 0 ? '' : `<row r="${row + 1}">${items.join('')}</row>`
  })
  const blocks = merged.length === 0 ? '' : `<mergeCells count="${merged.length}">${merged.map((ref) => `<mergeCell ref="${ref}"/>`).join('')}</mergeCells>`
  return `<worksheet ${namespaces}><sheetData>${lines.join('')}</sheetData>${blocks}</worksheet>`
}

function cellXml(cell: CellValue, reference: string, texts: string[]): string {
  if (cell === null) return `<c r="${reference}" s="0"/>`
  if (typeof cell === 'string') {
    const known = texts.indexOf(cell)
    const index = known >= 0 ? known : texts.push(cell) - 1
    return `<c r="${reference}" t="s"><v>${index}</v></c>`
  }
  if (typeof cell === 'boolean') return `<c r="${reference}" t="b"><v>${cell ? 1 : 0}</v></c>`
  if (typeof cell === 'number') return `<c r="${reference}"><v>${cell}</v></c>`
  if ('serial' in cell) return `<c r="${reference}" s="${cell.style ?? 1}"><v>${cell.serial}</v></c>`
  return `<c r="${reference}"${cell.type === undefined ? '' : ` t="${cell.type}"`}>${cell.xml}</c>`
}

function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')
}
