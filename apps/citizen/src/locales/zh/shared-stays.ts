import type { ContactGroup } from '@jiankangbao/domain/tracing/contacts'
import type { ObjectionState } from '@jiankangbao/domain/vocabulary/tracing'

/** Stays together with a case, as the person reads them. */
export const zhSharedStays = {
  sharedStays: {
    title: '与病例同时在场',
    lead: '经两人批准、使您的码变化的同时在场记录。只显示哪一天、哪类场所，不显示是谁。',
    consulted: '只是被查阅过、码没有变化的，在“谁查过我”中可以看到。',
    open: '是哪一天、哪类场所',
    nobody: '没有使您或家人的码变化的同时在场记录。',
    where: '{{on}} · {{kind}}',
    group: {
      close_contact: '密切接触',
      co_presence: '时空伴随',
      secondary_contact: '次密接',
    } satisfies Record<ContactGroup, string>,
    stands: '有效',
    gone: '已撤去，不再影响您的码',
    object: '我没去过',
    statement: '当天的情况',
    statementHint: '当时在哪里、有什么可以证明（至少 4 个字）',
    send: '提交',
    cancel: '取消',
    sent: '已提交，答复期限 {{at}}。核实期间颜色不变。',
    state: {
      open: '核实中，{{at}} 前答复',
      upheld: '成立，已撤去',
      refused: '不成立，维持',
    } satisfies Record<ObjectionState, string>,
    answer: '答复：{{answer}}',
  },
}
