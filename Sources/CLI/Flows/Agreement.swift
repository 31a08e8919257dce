/// Whether a plan that was shown is to be carried out.
enum Agreement {
    /// Asks, where nobody said `--yes`.
    ///
    /// - Throws: ``ErrorReport`` where the answer is no, or nobody is there to give one.
    static func ask(_ options: ChangeOptions, _ context: Context) throws(ErrorReport) {
        if options.yes { return }
        guard let confirm = context.confirm else {
            throw ErrorReport(
                .usage, "nobody is here to agree to the plan, so nothing was changed",
                hints: ["--yes makes the changes without asking, --dry-run only shows them"])
        }
        guard confirm("Do this?") else { throw ErrorReport(.usage, "nothing was changed") }
    }

    /// What `--check` ends with where something would be changed.
    static let drift = ErrorReport(
        .checkFailed, "not all is as it shall be", hints: ["--yes in place of --check changes it"])
}
