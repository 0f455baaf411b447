import AkinCore

/// The entries for filters that labellings give documents, derived from their annotations.
///
/// | annotation | entries |
/// |---|---|
/// | a label | `field` = the label; `field.score` = the score of the first |
/// | an entity | `field` = its text; `field.LABEL` = its text |
enum LabelEntries {
    /// SQL for the entries (document, key, text, number, labelling) of the annotations `a` of labellings `l` that meet
    /// a condition.
    static func selection(where condition: String) -> String {
        let annotations = "annotation AS a JOIN labelling AS l ON l.id = a.labelling"
        return """
            SELECT a.document, l.field, coalesce(a.text, a.label), NULL, l.id FROM \(annotations) WHERE \(condition)
            UNION SELECT a.document, l.field || '.' || a.label, a.text, NULL, l.id FROM \(annotations)
                WHERE a.text IS NOT NULL AND \(condition)
            UNION SELECT a.document, l.field || '.score', NULL, a.score, l.id FROM \(annotations)
                WHERE a.text IS NULL AND a.ordinal = 0 AND \(condition)
            """
    }

    /// SQL that adds those entries.
    static func insertion(where condition: String) -> String {
        "INSERT INTO metadata (document, key, text, number, labelling) \(selection(where: condition))"
    }
}
