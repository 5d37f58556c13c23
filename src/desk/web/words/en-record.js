// English: records, marking, questions, drafts, the diary, the door.
export default {
}
