#!/usr/bin/env bash
# The same texts as PDF by three producers, into tests/read/documents: LibreOffice (a page with head, foot and a note),
# Chromium (a web page; the unvowelled text in two columns), XeTeX (two columns, running heads). Made once and
# committed, so that no test needs the three.
#
# Needs: libreoffice-writer, chromium, texlive-xetex, texlive-lang-arabic, fonts-hosny-amiri, fonts-noto-core (OFL).
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
folder=$here/tests/read/documents
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir -p "$folder"
cd "$work"

cp "$here/examples/ablution.txt" vowelled.txt
cat > english.txt <<'TEXT'
The parts of the body in ablution

The root of this chapter is the verse: “O you who believe, when you rise for prayer, wash your faces and your hands to the elbows, and wipe your heads, and your feet to the ankles” (5:6). It names four parts of the body, and the books of law dwell on each of them in turn, asking where the face begins and where it ends.
Water is what one purifies oneself with. Allah says: “And We sent down from the sky pure water” (Qur'an 25:48). Who finds none may strike clean earth instead, as the verse of ablution goes on to say, and this is a part of the ease with which the law was given.

What is reported about it

The Prophet ﷺ said: “Woe to the heels from the Fire!” (al-Bukhari, Muslim). He had seen people who wiped over their feet in haste, and he called out with a loud voice, twice or three times. This is why the jurists speak of the heel wherever they speak of the foot.
He also said: “The prayer of one of you is not accepted when he has broken his ablution, until he performs ablution” (al-Bukhari). They differ about what breaks it, and agree that what leaves by the two ways does.
Al-Mughira bin Shuʿba said: “I was with the Prophet ﷺ on a journey, and I bent down to take off his leather socks, but he said: Leave them, for I put them on while my feet were clean. Then he wiped over them” (al-Bukhari 206). The books that follow give the time in which that is allowed: three days and their nights for a traveller, a day and a night for one who stays at home.

On intention

Before all of this stands the intention, of which the Prophet ﷺ said: “Deeds are but by intentions, and every man has but what he intended” (al-Bukhari 1). The Shafiʿis and others take it for a condition of ablution, since it is an act of worship; the Hanafis hold that water purifies by its nature, whatever he who uses it intends, and that the intention is needed for the reward and not for the act.
Each of them argues from the verse that was quoted first. Those who require the intention read “when you rise for prayer” as “for the sake of prayer”; the others answer that the verse names four parts and no fifth thing, and that what a report of one transmitter adds to a verse is not of the same rank as the verse. The discussion is one of method, and it returns in other chapters.
As for the bath, Allah says: “And if you are in a state of impurity, then purify yourselves” (5:6), and here too they ask whether the mouth and the nose belong to what is washed. Malik and al-Shafiʿi say that they do not; Abu Hanifa says that they do in the bath and do not in ablution, because the verse of the bath has a stronger form.
The chapter ends with what is recommended: to begin with the name of Allah, to wash the hands first, to use the tooth stick, to wash each part three times, and to be sparing with water even beside a river.
TEXT

python3 - <<'PYTHON'
import html, re
MARKS = re.compile("[\u064b-\u0655\u0670]")
vowelled = open("vowelled.txt", encoding="utf-8").read()
open("unvowelled.txt", "w", encoding="utf-8").write(MARKS.sub("", vowelled))

def heading(line): return len(line) < 60 and line[-1] not in ".:"

for name in ("vowelled", "unvowelled", "english"):
    lines = [line for line in open(f"{name}.txt", encoding="utf-8").read().split("\n") if line.strip()]
    way = "ltr" if name == "english" else "rtl"
    columns = "columns: 2; column-gap: 8mm;" if name == "unvowelled" else ""
    body = "".join(
        f"<{tag} dir=auto>{html.escape(line)}</{tag}>\n" for line in lines for tag in ["h2" if heading(line) else "p"]
    )
    style = f"body {{ font: 12pt 'Noto Naskh Arabic', 'Liberation Serif'; {columns} }}"
    page = "@page { size: A5; @top-center { content: 'كتاب الطهارة' } @bottom-center { content: counter(page) } }"
    open(f"{name}.html", "w", encoding="utf-8").write(
        f"<!DOCTYPE html><html dir={way}><meta charset=utf-8><style>{style} {page}</style><body>{body}</body></html>"
    )

    def paragraph(line):
        own = "rtl" if re.match("[\u0600-\u06ff]", line) else "ltr"
        style = f"{own}head" if heading(line) else own
        note = '<text:note text:note-class="footnote"><text:note-citation>1</text:note-citation><text:note-body>' \
            '<text:p>See the books of law.</text:p></text:note-body></text:note>' if line == lines[1] else ""
        return f'<text:p text:style-name="{style}">{html.escape(line)}{note}</text:p>'

    styles = "".join(
        f'<style:style style:name="{key}{head}" style:family="paragraph"><style:paragraph-properties'
        f' style:writing-mode="{mode}" fo:text-align="start" fo:margin-bottom="0.2cm"/><style:text-properties'
        f' fo:font-size="{size}pt" style:font-size-complex="{size}pt" style:font-name="Liberation Serif"'
        f' style:font-name-complex="Amiri"/></style:style>'
        for key, mode in (("rtl", "rl-tb"), ("ltr", "lr-tb")) for head, size in (("", 12), ("head", 15))
    )
    faces = "".join(
        f'<style:font-face style:name="{font}" svg:font-family="\'{font}\'"/>' for font in ("Amiri", "Liberation Serif")
    )
    open(f"{name}.fodt", "w", encoding="utf-8").write(f'''<?xml version="1.0" encoding="UTF-8"?>
<office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0"
 xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"
 xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0" office:version="1.3" office:mimetype="application/vnd.oasis.opendocument.text">
<office:font-face-decls>{faces}</office:font-face-decls>
<office:automatic-styles>{styles}<style:page-layout style:name="page"><style:page-layout-properties fo:page-width="14.8cm"
 fo:page-height="21cm" fo:margin="1.5cm"/><style:header-style/><style:footer-style/></style:page-layout></office:automatic-styles>
<office:master-styles><style:master-page style:name="Standard" style:page-layout-name="page"><style:header><text:p
 text:style-name="rtl">كتاب الطهارة</text:p></style:header><style:footer><text:p text:style-name="rtl"><text:page-number/></text:p>
</style:footer></style:master-page></office:master-styles>
<office:body><office:text>{"".join(map(paragraph, lines))}</office:text></office:body></office:document>''')

    def tex(line):
        line = re.sub(r"([%&#])", r"\\\1", line)
        if name == "english":
            line = re.sub("([\u0600-\u06ff\ufdf0-\ufdff]+)", r"\\textarabic{\1}", line)
        elif re.match("[A-Za-z]", line):
            return r"\begin{english}" + re.sub("([\u0600-\u06ff\ufdf0-\ufdff]+)", r"\\textarabic{\1}", line) + r"\end{english}"
        return r"\section*{%s}" % line if heading(line) else line

    languages = ("english", "arabic") if name == "english" else ("arabic", "english")
    open(f"{name}.tex", "w", encoding="utf-8").write(r"""\documentclass[twocolumn,12pt]{article}
\usepackage{fancyhdr}\pagestyle{fancy}\usepackage{polyglossia}
\setmainlanguage{%s}\setotherlanguage{%s}
\newfontfamily\arabicfont[Script=Arabic]{Amiri}\newfontfamily\englishfont{Liberation Serif}\setmainfont{%s}
\fancyhead[C]{\textarabic{كتاب الطهارة}}\fancyfoot[C]{\thepage}
\begin{document}
%s
\end{document}
""" % (*languages, "Liberation Serif" if name == "english" else "Amiri", "\n\n".join(map(tex, lines))))
PYTHON

for name in vowelled unvowelled english; do
    cp "$name.txt" "$folder/"
    soffice --headless -env:UserInstallation="file://$work/profile" --convert-to pdf "$name.fodt" > /dev/null
    mv "$name.pdf" "$folder/$name-libreoffice.pdf"
    chromium --headless --no-sandbox --disable-gpu --print-to-pdf="$folder/$name-chromium.pdf" "$name.html" 2> /dev/null
    xelatex -interaction=batchmode "$name.tex" > /dev/null
    mv "$name.pdf" "$folder/$name-xetex.pdf"
done
ls -l "$folder"
