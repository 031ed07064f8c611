const moves = '../../testing/sampling/move.db.test.ts'
const calls = '../../testing/sampling/roster-call.db.test.ts'
const tellings = '../../testing/telling/telling.db.test.ts'
const required = '../../testing/required/required.db.test.ts'
const test = '../../testing/round/round.db.test.ts'

/** Where the entries of rounds of testing and of tubes that move are looked for, by operation; the file as seen from `ledger/audit`. */
export const TESTING_ACTS = {
  proposeTubeMove: { entry: 'tube.move_proposed', test: moves },
  decideTubeMove: { entry: 'tube.moved', test: moves },
  openSamplingRoster: { entry: 'roster.called', test: calls },
  markAbsent: { entry: 'roster.marked_absent', test: calls },
  saveRoster: { entry: 'roster.saved', test },
  makeTestRound: { entry: 'test_round.made', test },
  tellTestRound: { entry: 'test_round.telling', test: tellings },
  stopTellingTestRound: { entry: 'test_round.telling_stopped', test: tellings },
  beginTestRound: { entry: 'test_round.begun', test },
  callOffTestRound: { entry: 'test_round.called_off', test },
  listMissedPeople: { entry: 'test_round.missing_named', test },
  proposeOverdueTests: { entry: 'required_test.proposed', test: required },
  exemptFromRequiredTest: { entry: 'required_test.exempted', test: required },
  exemptFromTestRound: { entry: 'test_round.exempted', test },
}
