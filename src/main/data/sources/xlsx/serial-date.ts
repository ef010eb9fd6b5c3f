import type { NumberMeaning } from './number-formats.ts'

const DAY = 86_400_000
/** 1899-12-30, 1899-12-31 and 1904-01-01 in milliseconds since 1970-01-01 UTC. */
const EPOCH_1900 = Date.UTC(1899, 11, 30)
const EPOCH_BEFORE_MARCH_1900 = Date.UTC(1899, 11, 31)
const EPOCH_1904 = Date.UTC(1904, 0, 1)
/** Day after 9999-12-31 in the system of 1900. */
const END = 2_958_466

/**
 * A serial number of a spreadsheet as ISO text: `2008-07-11 00:00:00`, or `14:30:00` where only a time is meant;
 * undefined where it is no date. Days count from 1900, whose February has 29 days there, or from 1904; fractions are rounded
 * to milliseconds.
 */
export function serialText(serial: number, meaning: NumberMeaning, from1904: boolean): string | undefined {
  if (meaning === 'number' || !(serial >= 0 && serial < END)) return undefined
  const time = Math.round((serial % 1) * DAY)
  if (serial < 1 && (meaning === 'time' || !from1904)) return clock(time % DAY)
  const epoch = from1904 ? EPOCH_1904 : serial < 60 ? EPOCH_BEFORE_MARCH_1900 : EPOCH_1900
  const moment = new Date(epoch + Math.floor(serial) * DAY + time)
  return `${moment.toISOString().slice(0, 10)} ${clock(moment.getTime() - Math.floor(moment.getTime() / DAY) * DAY)}`
}

/** Milliseconds of a day as `14:30:00`, with milliseconds where there are any. */
function clock(milliseconds: number): string {
  const text = new Date(milliseconds).toISOString().slice(11, 23)
  return text.endsWith('.000') ? text.slice(0, 8) : text
}
