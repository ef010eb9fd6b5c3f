import { oneZero, type End } from './number-collector.ts'

/** The three outermost values of one end of a column (`direction` 1: the greatest, −1: the least), each with how often it came. */
export type ValueEnds = {
  /** Values that lie before this one in `direction` need not be taken. */
  limit(): number
  take(value: number): void
  /** The most extreme first; fewer than three where there are fewer. */
  ends(): End[]
}

/** Plain variables in place of a list: sorted columns have a new end with every value. */
export function valueEnds(direction: 1 | -1): ValueEnds {
  const none = -direction * Infinity
  let [value1, value2, value3] = [none, none, none]
  let [count1, count2, count3] = [0, 0, 0]
  return {
    limit: () => value3,
    take(value) {
      if (value === value1) count1++
      else if (value === value2) count2++
      else if (value === value3) count3++
      else if ((value - value1) * direction > 0) {
        value3 = value2
        count3 = count2
        value2 = value1
        count2 = count1
        value1 = value
        count1 = 1
      } else if ((value - value2) * direction > 0) {
        value3 = value2
        count3 = count2
        value2 = value
        count2 = 1
      } else if ((value - value3) * direction > 0) {
        value3 = value
        count3 = 1
      }
    },
    ends: () => [{ value: oneZero(value1), count: count1 }, { value: oneZero(value2), count: count2 }, { value: oneZero(value3), count: count3 }].filter(({ count }) => count > 0),
  }
}
