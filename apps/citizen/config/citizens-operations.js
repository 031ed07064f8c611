// A plugin of Babel: the operations of operators, partners and checkpoints are no part of the app. There are three times as many
// of them as of its own, and their addresses would be a tenth of what a phone loads first. `test/left-out-operations.test.ts`
// names a screen that calls one of them.

const OPERATIONS = /[\\/]packages[\\/]contracts[\\/]src[\\/][\w-]+[\\/]operations\.ts$/
const OTHERS = /^\/api\/v1\/(operator|operator-activations|partner|laboratory|sampling)(\/|$)/

const isLeftOut = (address) => OTHERS.test(address)

module.exports = ({ types }) => ({
  visitor: {
    ObjectProperty(path, { filename }) {
      if (!OPERATIONS.test(filename ?? '') || !types.isCallExpression(path.node.value)) return
      const [, address] = path.node.value.arguments
      if (types.isStringLiteral(address) && isLeftOut(address.value)) path.remove()
    },
  },
})
module.exports.isLeftOut = isLeftOut
