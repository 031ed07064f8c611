import { readStored, writeStored } from '../../platform/storage.ts'
import { createObservable, useObservable } from '../../state/observable.ts'
import { useRemote } from '../../state/use-remote.ts'
import { say, sayText } from '../../words/words.ts'
import { api } from '../session/api.ts'

const KEY = 'announcement-district'

/** Whose notices somebody wants to see; empty for all. It stays on this phone. */
export const ownDistrict = createObservable(readStored<string>(KEY) ?? '')

/** The districts of the city to choose from, all of them first. */
export const useDistricts = () => {
  const district = useObservable(ownDistrict)
  const { value } = useRemote(() => api.call('listDivisions', {}))
  const districts = (value?.divisions ?? []).filter(({ level }) => level === 'district')
  return {
    district,
    choose: (code: string): void => {
      ownDistrict.set(code)
      writeStored(KEY, code)
    },
    options: [
      { value: '', text: say('announcements.allDistricts') },
      ...districts.map(({ code, name, nameEn }) => ({
        value: code,
        text: sayText({ zh: name, en: nameEn }),
      })),
    ],
  }
}
