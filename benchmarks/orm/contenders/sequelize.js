import { DataTypes, Op, Sequelize } from "sequelize";

export async function open(vendor, place) {
  const sequelize =
    vendor === "sqlite"
      ? new Sequelize({ dialect: "sqlite", storage: place, logging: false })
      : new Sequelize(place, { dialect: "postgres", logging: false });
  const common = { timestamps: false, freezeTableName: true, underscored: true };
  const Question = sequelize.define(
    "question",
    { questionText: DataTypes.STRING(200), pubDate: DataTypes.DATE },
    { ...common, tableName: "question" },
  );
  const Choice = sequelize.define(
    "choice",
    { questionId: DataTypes.INTEGER, choiceText: DataTypes.STRING(200), votes: DataTypes.INTEGER },
    { ...common, tableName: "choice" },
  );
  Question.hasMany(Choice, { as: "choices", foreignKey: "questionId" });
  Choice.belongsTo(Question, { foreignKey: "questionId" });
  return {
    insertQuestion: (values) => Question.create(values),
    insertOne: (values) => Choice.create(values),
    insertMany: async (rows) => {
      const size = 5000;
      for (let at = 0; at < rows.length; at += size) await Choice.bulkCreate(rows.slice(at, at + size));
    },
    getByKey: (id) => Question.findByPk(id),
    getChoice: (id) => Choice.findByPk(id),
    hundredRows: (votes) =>
      Choice.findAll({ where: { votes: { [Op.gte]: votes } }, order: ["votes", "id"], limit: 100 }),
    hundredWithChoices: () =>
      Question.findAll({ include: { association: "choices", separate: true }, order: ["id"], limit: 100 }),
    count: (votes) => Choice.count({ where: { votes: { [Op.gte]: votes } } }),
    updateOne: (choice, votes) => choice.update({ votes }),
    updateMany: (below, text) => Choice.update({ choiceText: text }, { where: { votes: { [Op.lt]: below } } }),
    deleteOne: (choice) => choice.destroy(),
    deleteWhereVotes: (votes) => Choice.destroy({ where: { votes } }),
    deleteFromVotes: (votes) => Choice.destroy({ where: { votes: { [Op.gte]: votes } } }),
    close: () => sequelize.close(),
  };
}
