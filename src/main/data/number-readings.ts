import { digitsPattern, type NumberFormat } from '#shared/domain/number-format.ts'

/** Marks of the readings that are tried, plainest first. */
const READINGS: readonly Pick<NumberFormat, 'decimal' | 'group'>[] = [
  { decimal: '.', group: '' },
  { decimal: ',', group: '' },
  { decimal: '.', group: ',' },
  { decimal: ',', group: '.' },
  { decimal: '.', group: ' ' },
  { decimal: ',', group: ' ' },
  { decimal: '.', group: "'" },
  { decimal: ',', group: "'" },
]

const PATTERNS = READINGS.map((reading) => new RegExp(`^${digitsPattern(reading).replaceAll(/\\x\{([0-9a-f]+)\}/g, '\\u{$1}')}$`, 'u'))
/** Readings of a plain number with a point, and of one whose point may stand between thousands. */
const POINT_READINGS = READINGS.reduce((mask, { decimal }, index) => (decimal === '.' ? mask | (1 << index) : mask), 0)
const POINT_IS_GROUP = /^[-+]?[1-9]\d{0,2}(?:\.\d{3})+$/
const FRACTIONS = READINGS.map(({ decimal }) => new RegExp(`[${decimal}]\\d*[1-9]|[eE]-`))

const CURRENCY = "[€$£¥₩₹₽₺₪฿₫₴₦₱]|US\\$|R\\$|A\\$|C\\$|kr\\.?|Kč|zł|Ft|Fr\\.|Rs\\.?|CHF|USD|EUR|GBP|JPY|KRW|CNY|RMB|INR|SEK|NOK|DKK|CAD|AUD|NZD|BRL|MXN|PLN|CZK|HUF|TRY|RUB|ZAR"
/** Units that are taken for units; any other word behind a number may be the name of a thing. */
const UNIT = '%|‰|°C|°F|°|µm|mm|cm|dm|km|mi|ft|in|yd|m²|m2|km²|km2|ha|sqft|m³|m3|ml|mL|cl|dl|l|L|mg|µg|g|kg|t|lbs?|oz|ms|s|sec|min|h|hrs?|km/h|kmh|mph|m/s|W|kW|MW|GW|Wh|kWh|MWh|GWh|J|kJ|MJ|kcal|cal|V|mV|kV|A|mA|Hz|kHz|MHz|GHz|B|KB|kB|MB|GB|TB|Pa|hPa|kPa|bar|mbar|mmHg|dB|ppm|ppb|bpm|px|pt'
const SPACE = '[ \\u00a0\\u2009\\u202f]*'
const CELL = new RegExp(
  `^(?<open>\\()?${SPACE}(?<before>[-+\\u2212])?${SPACE}(?<first>${CURRENCY})?${SPACE}(?<sign>[-+\\u2212])?${SPACE}(?<digits>[0-9.,](?:[0-9.,'\\u2019 \\u00a0\\u2009\\u202f]*[0-9.,])?(?:[eE][-+]?[0-9]+)?)${SPACE}(?:(?<last>${CURRENCY})|(?<unit>${UNIT}))?${SPACE}(?<after>[-\\u2212])?${SPACE}(?<close>\\))?$`,
  'u',
)

/** What the number cells of a column have in common. */
export type NumberReadings = {
  /** Takes a trimmed cell that `count` rows hold; false where it is not a number, however written. */
  add(text: string, count: number): boolean
  /** Takes a number that is written the plain way, of `count` rows. */
  addPlain(text: string, count: number): void
  /** The format, where one reads all cells taken. */
  decide(preferDecimalComma: boolean): NumberDecision | undefined
}

/** A format with what is doubtful about it. */
export type NumberDecision = {
  readonly format: NumberFormat
  /** Cells that read differently under `other`: 1,234 is 1234 or 1.234. */
  readonly other: NumberFormat | undefined
  readonly whole: boolean
  /** A cell with a mark that may be either. */
  readonly example: string
}

/** Finds the one way to write numbers that all cells of a column follow. */
export function createNumberReadings(): NumberReadings {
  let readable = (1 << READINGS.length) - 1
  let fractions = 0
  let example = ''
  let cells = 0
  let withUnit = 0
  const currencies = new Set<string>()
  const units = new Set<string>()
  return {
    add(text, count) {
      const parts = CELL.exec(text)?.groups
      const digits = parts?.digits
      if (parts === undefined || digits === undefined || (parts.open === undefined) !== (parts.close === undefined)) return false
      if ([parts.open, parts.before, parts.sign, parts.after].filter((sign) => sign !== undefined).length > 1) return false
      if (parts.first !== undefined && (parts.last ?? parts.unit) !== undefined) return false
      let mask = 0
      PATTERNS.forEach((pattern, index) => {
        if (pattern.test(digits)) mask |= 1 << index
      })
      if (mask === 0) return false
      readable &= mask
      FRACTIONS.forEach((pattern, index) => {
        if (pattern.test(digits)) fractions |= 1 << index
      })
      const currency = parts.first ?? parts.last
      if (currency !== undefined) currencies.add(currency)
      if (parts.unit !== undefined) {
        units.add(parts.unit)
        withUnit += count
      }
      if (example === '' && /[.,]/.test(digits)) example = text
      cells += count
      return true
    },
    addPlain(text, count) {
      cells += count
      if (!text.includes('.')) {
        if (/[eE]-/.test(text)) fractions = -1
        return
      }
      readable &= POINT_IS_GROUP.test(text) ? POINT_READINGS | (1 << 3) : POINT_READINGS
      if (example === '') example = text
      if (/[.]\d*[1-9]|[eE]-/.test(text)) fractions |= POINT_READINGS
    },
    decide(preferDecimalComma) {
      const possible = READINGS.flatMap((_reading, index) => ((readable >> index) & 1 ? [index] : []))
      const mixed = currencies.size > 1 || units.size > 1 || (units.size > 0 && (withUnit < cells || currencies.size > 0))
      if (possible.length === 0 || cells === 0 || mixed) return undefined
      const [chosen, other] = choose(possible, preferDecimalComma, example)
      const [currency] = currencies
      const [unit] = units
      const affixes = { ...(currency === undefined ? {} : { currency }), ...(unit === undefined ? {} : { unit }) }
      const format = { ...(READINGS[chosen] as NumberFormat), ...affixes }
      return {
        format,
        other: other === undefined ? undefined : { ...(READINGS[other] as NumberFormat), ...affixes },
        whole: ((fractions >> chosen) & 1) === 0,
        example,
      }
    },
  }
}

/**
 * The reading among those possible, and the one that would read the same cells as other numbers. One mark before three
 * digits, in every cell, may be either: a comma is then taken for thousands (unless the file writes decimal commas
 * elsewhere), a point for the decimal mark (unless it does).
 */
function choose(possible: readonly number[], preferDecimalComma: boolean, example: string): readonly [number, number | undefined] {
  const comma = possible.includes(1) && possible.includes(2)
  const point = possible.includes(0) && possible.includes(3)
  if (example.includes(',') && comma) return preferDecimalComma ? [1, 2] : [2, 1]
  if (example.includes('.') && point && preferDecimalComma) return [3, 0]
  return [possible[0] as number, undefined]
}
