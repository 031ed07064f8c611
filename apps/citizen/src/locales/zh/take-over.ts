/** An identity that moved to another phone, and the objection of the old one. */
export const zhTakeOver = {
  takeOver: {
    title: '身份迁移',
    none: '没有需要处理的身份迁移。',
    moved: '您的身份于 {{at}} 通过人脸核验转到了另一部手机。',
    movedText: '是您自己换手机，就不用做什么。不是您：请提出异议，异议截止 {{until}}。',
    effect:
      '提出异议后，两部手机上的健康码立即停用，社区在两小时内核实并决定。纸质码和证件照常查验，颜色不变。',
    object: '不是我，提出异议',
    objectAsk: '提出异议？',
    late: '异议期限已过。请带证件到社区防控办，或拨打 {{hotline}}。',
    objectedOld: '已提出异议，健康码已停用。社区最迟 {{at}} 作出决定，请保持手机畅通。',
    objectedNew:
      '原手机对这次迁移提出异议，健康码已停用。社区最迟 {{at}} 作出决定，请带证件到社区防控办，或拨打 {{hotline}}。',
    meanwhile: '其间请出示纸质码或证件。',
    kept: '社区已核实：身份仍在新手机上。',
    returned: '社区已核实：身份已退回原手机。',
    note: '您的身份转到了另一部手机，不是您？',
  },
}
