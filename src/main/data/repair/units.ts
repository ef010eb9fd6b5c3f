import { unitKey } from './kinds/quantity.ts'

/** A unit: its spellings, and how a number of it becomes one of the family's base unit: times factor plus offset. */
export type Unit = { readonly name: string; readonly spellings: readonly string[]; readonly factor: number; readonly offset: number }

function unit(spellings: string, factor: number, offset = 0): Unit {
  const all = spellings.split('|')
  return { name: all[0] ?? '', spellings: all, factor, offset }
}

/** Units by what they measure; factors are exact (international pound 0.45359237 kg, foot 0.3048 m). */
export const unitFamilies: readonly (readonly Unit[])[] = [
  [
    unit('kg|kgs|kilo|kilos|kilogram|kilograms|kilogramme|kilogrammes', 1),
    unit('g|gr|gram|grams|gramme|grammes', 0.001),
    unit('mg|milligram|milligrams', 0.000001),
    unit('t|tonne|tonnes', 1000),
    unit('lb|lbs|lb.|lbs.|pound|pounds', 0.45359237),
    unit('oz|oz.|ounce|ounces', 0.028349523125),
  ],
  [
    unit('m|metre|metres|meter|meters|mtr', 1),
    unit('cm|centimetre|centimetres|centimeter|centimeters', 0.01),
    unit('mm|millimetre|millimetres|millimeter|millimeters', 0.001),
    unit('km|kms|kilometre|kilometres|kilometer|kilometers', 1000),
    unit('in|in.|inch|inches|"|″', 0.0254),
    unit("ft|ft.|foot|feet|'|′", 0.3048),
    unit('yd|yds|yard|yards', 0.9144),
    unit('mi|mile|miles', 1609.344),
  ],
  [unit('°C|C|℃|deg C|degC|celsius|degrees celsius', 1), unit('°F|F|℉|deg F|degF|fahrenheit|degrees fahrenheit', 5 / 9, -160 / 9), unit('K|kelvin', 1, -273.15)],
  [unit('l|L|litre|litres|liter|liters|ltr', 1), unit('ml|mL|millilitre|millilitres|milliliter|milliliters', 0.001), unit('cl|centilitre|centilitres', 0.01)],
  [
    unit('s|sec|secs|second|seconds', 1),
    unit('ms|millisecond|milliseconds', 0.001),
    unit('min|mins|minute|minutes', 60),
    unit('h|hr|hrs|hour|hours', 3600),
    unit('d|day|days', 86_400),
    unit('wk|wks|week|weeks', 604_800),
  ],
  [unit('month|months|mo', 1), unit('year|years|yr|yrs', 12)],
  [unit('km/h|kmh|kph', 1), unit('mph|mi/h', 1.609344), unit('m/s', 3.6)],
  [unit('W|watt|watts', 1), unit('kW|kilowatt|kilowatts', 1000)],
  [unit('m²|m2|sqm|sq m|square metres|square meters', 1), unit('ft²|ft2|sqft|sq ft|square feet', 0.09290304), unit('ha|hectare|hectares', 10_000)],
]

const byKey = new Map(unitFamilies.flatMap((family) => family.flatMap((member) => member.spellings.map((spelling) => [unitKey(spelling), { family, member }] as const))))

/** The unit that a suffix names, with its family; undefined where it is none that is known. */
export function findUnit(suffix: string): { readonly family: readonly Unit[]; readonly member: Unit } | undefined {
  return byKey.get(unitKey(suffix))
}

/** Factor and offset that turn a number of `from` into one of `to`. */
export function conversion(from: Unit, to: Unit): readonly [factor: number, offset: number] {
  return from === to ? [1, 0] : [from.factor / to.factor, (from.offset - to.offset) / to.factor]
}
