/** The remedy for a text that reads wrongly or not at all. */
export const otherEncoding = { parameter: 'encoding', value: 'NAME', effect: 'to say in which encoding it was written' }
