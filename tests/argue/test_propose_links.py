"""What is proposed to bear on what: whose reason for which ruling, and how something is attacked."""

from __future__ import annotations

import pytest

import takhrij
from takhrij.argue import propose
from takhrij.model import ArgumentMap

LEGAL = "كتاب الطهارة\nباب الوضوء\nفصل:\n"
REPORT = "لا تقبل صلاة من أحدث حتى يتوضأ"
ARGUED = f"{LEGAL}ويجب الوضوء لقول النبي ﷺ: «{REPORT}». "


def proposed(text: str) -> ArgumentMap:
    return propose(takhrij.check(text=text))


def links(made: ArgumentMap, kind: str) -> list[tuple[str, str, str]]:
    """(words of the subject, manner, words of the object) of the relations of a kind."""
    words = {node.id: node.quote.text if node.quote else node.name for node in made.nodes}
    ends = {link.id: words[link.subject] for link in made.relations}
    return [
        (words[link.subject], link.manner or "", (words | ends)[link.object])
        for link in made.relations
        if link.kind == kind
    ]


def reasons(text: str) -> dict[str, str]:
    return {subject: object for subject, _, object in links(proposed(text), "supports")}


def test_a_reason_is_given_for_the_ruling_before_it_in_its_sentence() -> None:
    found = reasons(
        LEGAL + "ويجب مسح الرأس؛ لأنه مأمور به، ويستحب تكراره؛ لأنه أبلغ في التنظيف، ولا تجب المبالغة."
    )
    assert found == {"لأنه مأمور به": "ويجب مسح الرأس", "لأنه أبلغ في التنظيف": "ويستحب تكراره"}


def test_a_reason_that_leads_to_a_ruling_supports_that_one() -> None:
    found = reasons(LEGAL + "ويجب غسل الوجه. والأصل براءة الذمة، فلا تجب المضمضة.")
    assert found == {"والأصل براءة الذمة": "فلا تجب المضمضة."}


def test_a_reason_belongs_to_the_case_that_it_is_given_for() -> None:
    found = reasons(LEGAL + "ويجب الوضوء. فإن نسي مسح الرأس لم يصح وضوؤه؛ لأنه ترك واجبا.")
    assert found["لأنه ترك واجبا."] == "لم يصح وضوؤه"


def test_what_follows_an_answer_is_said_for_the_answer() -> None:
    text = (
        "It is not allowed to sell what one does not hold. As for the sale by description, this does not"
        " indicate that it is allowed, because a debt is sold there."
    )
    found = reasons(text)
    assert found["because a debt is sold there."].startswith("this does not indicate")


def test_who_holds_the_contrary_does_not_support_it() -> None:
    made = proposed(LEGAL + "قال مالك: يجب مسح جميع الرأس. وقال الشافعي: لا يجب مسح جميعه.")
    assert links(made, "supports") == []
    ((one, manner, other),) = links(made, "rebuts")
    assert "لا يجب" in one and "لا يجب" not in other and not manner


@pytest.mark.parametrize(
    ("objection", "kind", "manner"),
    [
        ("فإن قيل: هذا الحديث ضعيف الإسناد.", "undermines", "chain"),
        ("فإن قيل: هذا منسوخ.", "undercuts", "naskh"),
        ("فإن قيل: الآية تحتمل معنى آخر ويحتمل أنها في الندب.", "undercuts", "ihtimal"),
        ("فإن قيل: الفرق بينهما ظاهر.", "undercuts", "farq"),
        ("فإن قيل: العلة منتقضة، وهذا ينتقض بالتيمم.", "undercuts", "naqd"),
        ("فإن قيل: لا يجب الوضوء عند قوم.", "rebuts", ""),
    ],
)
def test_an_objection_says_what_it_is_against(objection: str, kind: str, manner: str) -> None:
    made = proposed(f"{ARGUED}{objection} قلنا: لا نسلم ذلك.")
    (found,) = links(made, kind)
    assert found[1] == manner
    # the evidence, the step from it, or the ruling
    assert found[2] == {"undermines": REPORT, "undercuts": REPORT, "rebuts": "ويجب الوضوء"}[kind]


def test_a_report_that_is_called_weak_is_undermined_though_nobody_objects() -> None:
    made = proposed(f"{ARGUED}والحديث لم يصح عند أكثر العلماء.")
    assert links(made, "undermines") == [("والحديث لم يصح عند أكثر العلماء.", "chain", REPORT)]


def test_the_first_of_two_views_is_preferred_where_the_text_says_so() -> None:
    made = proposed(
        LEGAL + "ولا يجب تجديد الماء للأذنين. وقال بعضهم: يجب تجديده، والأول أصح؛ لأنهما من الرأس."
    )
    assert links(made, "prefers") == [("ولا يجب تجديد الماء للأذنين.", "", "يجب تجديده")]
    (preference,) = (link for link in made.relations if link.kind == "prefers")
    assert preference.quote and preference.quote.text == "والأول أصح"
    assert preference.speakers == ("the text",)
    assert ("لأنهما من الرأس.", "", "والأول أصح") in links(made, "supports")


def test_a_condition_limits_the_ruling_that_it_stands_with() -> None:
    made = proposed(
        "It is permitted to wipe over the socks if they are thick. However, if they are torn, it is not"
        " permitted to wipe over them. It is permitted to renew it, provided that water is found."
    )
    limited = {
        node.quote.text: [made.get(name) for name in node.tied("of")]
        for node in made.of_kind("condition")
        if node.quote
    }
    said = {words: [one.quote.text[:24] for one in of if one and one.quote] for words, of in limited.items()}
    assert said == {
        "if they are thick.": ["It is permitted to wipe "],
        "if they are torn": ["it is not permitted to w"],
        "provided that water is found.": ["It is permitted to renew"],
    }


def test_a_legal_work_says_rulings_without_a_term() -> None:
    found = reasons(
        LEGAL
        + "فإن مات أحدهما، أقيم مقامه غيره؛ لأنه قام بحقه، ولا يدفع إليه أجره؛ لأنه متبرع. "
        + "وإن اختلفا في القيمة، قدم قول المشتري؛ لأنه منكر."
    )
    assert found == {
        "لأنه قام بحقه": "أقيم مقامه غيره",
        "لأنه متبرع.": "ولا يدفع إليه أجره",
        "لأنه منكر.": "قدم قول المشتري",
    }


def test_what_stands_in_a_case_is_tied_to_its_ruling() -> None:
    made = proposed(LEGAL + "فإن اختلفا في القيمة، قدم قول المشتري. ولا يضمن، وإن كان غنيا؛ لأنه أمين.")
    said = {node.id: node.quote.text for node in made.nodes if node.quote}
    ties = {said[n.id]: [said[name] for name in n.tied("of")] for n in made.of_kind("condition")}
    assert ties["فإن اختلفا في القيمة"] == ["قدم قول المشتري."]


def test_two_views_with_their_evidence_objections_and_a_preference() -> None:
    made = proposed(
        "Does touching one's wife void ablution?\n\n"
        "The Shafi'is said: touching voids ablution, because Allah says: ﴿أَوْ لَامَسْتُمُ النِّسَاءَ﴾.\n"
        "The Hanafis said: touching does not void ablution, because the Prophet ﷺ kissed one of his wives and"
        " went out to pray.\nIf it is said: this hadith is weak. We say: it came by two chains.\n"
        "If it is said: the verse may mean intercourse. We say: the word is general.\n"
        "The first view is stronger. However, if there is a cover between them, ablution is not void.\n"
    )
    one, other = "touching voids ablution", "touching does not void ablution"
    assert links(made, "rebuts") == [(other, "", one)]
    assert links(made, "prefers") == [(one, "", other)]
    ((_, chain, report),) = links(made, "undermines")
    assert chain == "chain" and report.startswith("because the Prophet")
    ((_, manner, verse),) = links(made, "undercuts")
    assert manner == "ihtimal" and verse.startswith("أَوْ لَامَسْتُمُ")
    (intercourse,) = (node for node in made.of_kind("objection") if "intercourse" in str(node.quote))
    assert not intercourse.ties  # against the step from the verse, not against the ruling
    (cover,) = made.of_kind("condition")
    limited = made.get(*cover.tied("of"))
    assert limited and limited.quote and limited.quote.text == "ablution is not void."
