import type { Call } from '@jiankangbao/contracts/schemas'

type PaperPerson = Call<'addCasePaperPeople'>['body']['people'][number]

/**
 * Lines of a list as it is pasted: name, number of the resident identity card, minutes; parted by commas, tabs or blanks.
 * @returns the people, and the numbers of lines that are none
 */
export const readPaperLines = (text: string): { people: PaperPerson[]; wrong: number[] } => {
  const people: PaperPerson[] = []
  const wrong: number[] = []
  text.split('\n').forEach((line, at) => {
    if (line.trim() === '') return
    const [name = '', number = '', minutes = '', ...more] = line.trim().split(/[\s,，、;；]+/)
    const lasted = Number(minutes)
    if (
      name === '' ||
      number === '' ||
      more.length > 0 ||
      !Number.isInteger(lasted) ||
      lasted < 1 ||
      lasted > 1440
    )
      wrong.push(at + 1)
    else people.push({ name, document: { type: 'resident_id', number }, minutes: lasted })
  })
  return { people, wrong }
}
