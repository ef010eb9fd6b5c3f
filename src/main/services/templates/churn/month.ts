/** Months since year 0 of a text YYYY-MM. */
export function parseMonth(text: string): number {
  const match = /^(\d{4})-(0[1-9]|1[0-2])$/.exec(text)
  if (match === null) throw new RangeError(`A month is written YYYY-MM, not "${text}"`)
  return Number(match[1]) * 12 + Number(match[2]) - 1
}

/** YYYY-MM-DD of a day in a month counted since year 0; `day` from 1 to 28, which every month has. */
export function dayInMonth(month: number, day: number): string {
  const year = Math.floor(month / 12)
  return `${String(year).padStart(4, '0')}-${String((month % 12) + 1).padStart(2, '0')}-${String(day).padStart(2, '0')}`
}
