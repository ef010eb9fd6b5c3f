/** Beginnings by which binary files are known, in Latin-1; none that a table could begin with. */
const signatures: readonly (readonly [string, string])[] = [
  ['PK\x03\x04', 'a ZIP archive or an Office document (XLSX, ODS)'],
  ['PK\x05\x06', 'an empty ZIP archive'],
  ['\x1f\x8b', 'compressed with gzip'],
  ['\xfd7zXZ\0', 'compressed with xz'],
  ['\x28\xb5\x2f\xfd', 'compressed with zstd'],
  ['7z\xbc\xaf\x27\x1c', 'a 7z archive'],
  ['Rar!\x1a\x07', 'a RAR archive'],
  ['%PDF-', 'a PDF document'],
  ['SQLite format 3\0', 'an SQLite database'],
  ['PAR1\x15', 'a Parquet file'],
  ['ARROW1\0', 'an Arrow (Feather) file'],
  ['BZh91AY&SY', 'compressed with bzip2'],
  ['GIF89a', 'a GIF image'],
  ['\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'an old Office document (XLS, DOC) or one with a password'],
  ['\x89PNG\r\n\x1a\n', 'a PNG image'],
  ['\xff\xd8\xff', 'a JPEG image'],
  ['\x89HDF\r\n\x1a\n', 'an HDF5 file'],
  ['Obj\x01', 'an Avro file'],
  ['\x93NUMPY', 'a NumPy array'],
  ['\x7fELF', 'a program'],
  ['MZ\x90\0', 'a Windows program'],
]

/** What a file with this beginning (16 bytes or more) is, as an end of "The file is …"; undefined where nothing is known by it. */
export function knownByBeginning(beginning: Buffer): string | undefined {
  const text = beginning.subarray(0, 16).toString('latin1')
  return signatures.find(([signature]) => text.startsWith(signature))?.[1]
}
