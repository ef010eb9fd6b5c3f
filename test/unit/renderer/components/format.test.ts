import { expect, test } from 'vitest'
import {
  formatBytes, formatClock, formatCount, formatDuration, formatMoment, formatNumber, formatRemaining, formatScore, formatShare, plural,
} from '../../../../src/renderer/components/format.ts'

test('counts have a comma between thousands and a true minus', () => {
  expect(formatCount(7043)).toBe('7,043')
  expect(formatCount(-1234.4)).toBe('−1,234')
  expect(formatCount(undefined)).toBe('–')
  expect(plural(1, 'run')).toBe('1 run')
  expect(plural(1234, 'run')).toBe('1,234 runs')
  expect(plural(0, 'entry', 'entries')).toBe('0 entries')
})

test('scores have three decimals', () => {
  expect(formatScore(0.8494)).toBe('0.849')
  expect(formatScore(-0.25)).toBe('−0.250')
  expect(formatScore(14.2)).toBe('14.2')
  expect(formatScore(Number.NaN)).toBe('–')
})

test('shares have a space before the sign', () => {
  expect(formatShare(0.62)).toBe('62\u00A0%')
  expect(formatShare(0.0654, 1)).toBe('6.5\u00A0%')
})

test('numbers keep their significant figures, and only those', () => {
  expect(formatNumber(1234.5678)).toBe('1,235')
  expect(formatNumber(1_234_567.8)).toBe('1,234,568')
  expect(formatNumber(0.045_678)).toBe('0.04568')
  expect(formatNumber(1.8e-7)).toBe('1.8e−7')
  expect(formatNumber(-2.5e18)).toBe('−2.5e18')
  expect(formatNumber(0)).toBe('0')
  expect(formatNumber(Number.NEGATIVE_INFINITY)).toBe('−∞')
})

test('sizes are in powers of 1000 with three figures', () => {
  expect(formatBytes(0)).toBe('0 B')
  expect(formatBytes(999)).toBe('999 B')
  expect(formatBytes(999_950)).toBe('1 MB')
  expect(formatBytes(1_850_000_000)).toBe('1.85 GB')
  expect(formatBytes(640_400_000)).toBe('640 MB')
})

test('durations are as short as they can be said', () => {
  expect(formatDuration(0.0021)).toBe('2.1 ms')
  expect(formatDuration(0.21)).toBe('210 ms')
  expect(formatDuration(1.44)).toBe('1.4 s')
  expect(formatDuration(42.3)).toBe('42 s')
  expect(formatDuration(70)).toBe('1 min 10 s')
  expect(formatDuration(59.7)).toBe('1 min')
  expect(formatDuration(719)).toBe('12 min')
  expect(formatDuration(7800)).toBe('2 h 10 min')
  expect(formatDuration(3 * 86_400)).toBe('3 d')
})

test('remaining time is an estimate and says so', () => {
  expect(formatRemaining(13.2)).toBe('about 14 s left')
  expect(formatRemaining(340)).toBe('6 min left')
  expect(formatRemaining(0.2)).toBe('almost done')
  expect(formatRemaining(null)).toBe('')
})

test('moments are told as people do', () => {
  const now = new Date(2026, 10, 27, 18, 0).getTime()
  expect(formatMoment(now - 10_000, now)).toBe('just now')
  expect(formatMoment(now - 5 * 60_000, now)).toBe('5 min ago')
  expect(formatMoment(new Date(2026, 10, 27, 2, 14).getTime(), now)).toBe('today 02:14')
  expect(formatMoment(new Date(2026, 10, 26, 18, 20).getTime(), now)).toBe('yesterday 18:20')
  expect(formatMoment(new Date(2026, 10, 19).getTime(), now)).toBe('19 Nov')
  expect(formatMoment(new Date(2024, 1, 3).getTime(), now)).toBe('3 Feb 2024')
  expect(formatClock(new Date(2026, 10, 27, 9, 26, 41).getTime(), true)).toBe('09:26:41')
})
