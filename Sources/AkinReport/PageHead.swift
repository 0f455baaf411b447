/// The beginning of a page, up to and with `<main>`. The page loads nothing.
enum PageHead {
    /// - Parameters:
    ///   - title: Escaped already.
    ///   - runsScripts: Whether the page has a script within it.
    static func html(title: String, style: [PageFile], runsScripts: Bool) -> String {
        let policy =
            "default-src 'none'; style-src 'unsafe-inline'" + (runsScripts ? "; script-src 'unsafe-inline'" : "")
        return """
            <!DOCTYPE html>
            <html lang="en">
            <head>
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width, initial-scale=1">
            <meta name="color-scheme" content="light dark">
            <meta http-equiv="Content-Security-Policy" content="\(policy)">
            <title>\(title)</title>
            <style>
            \(PageFile.style(style))
            </style>
            </head>
            <body>
            <main>
            """
    }
}
