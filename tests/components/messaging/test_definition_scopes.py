from pulumi_rampart.messaging.definition_scopes import scopes

END = {"Type": "Succeed"}
TASK = {"Type": "Task", "Resource": "x"}


def test_branches_and_iterations_at_any_depth_are_parts_of_their_own() -> None:
    # given
    inner = {"StartAt": "D", "States": {"D": END}}
    document = {
        "StartAt": "A",
        "States": {
            "A": {"Type": "Parallel", "Branches": [{"StartAt": "B", "States": {"B": END}}]},
            "C": {
                "Type": "Map",
                "ItemProcessor": {
                    "StartAt": "M",
                    "States": {"M": {"Type": "Map", "Iterator": inner}},
                },
            },
        },
    }

    # then
    assert [(one.place, list(one.states)) for one in scopes(document)] == [
        ("", ["A", "C"]),
        ("branch 0 of state 'A'", ["B"]),
        ("ItemProcessor of state 'C'", ["M"]),
        ("Iterator of state 'M'", ["D"]),
    ]


def test_a_part_speaks_the_language_of_the_whole_unless_its_state_speaks_another() -> None:
    # given
    branch = {"StartAt": "B", "States": {"B": END}}
    other = {"StartAt": "C", "States": {"C": END}}
    document = {
        "QueryLanguage": "JSONata",
        "StartAt": "A",
        "States": {
            "A": {"Type": "Parallel", "Branches": [branch]},
            "X": {"Type": "Parallel", "Branches": [other], "QueryLanguage": "JSONPath"},
        },
    }

    # then
    assert [one.language for one in scopes(document)] == ["JSONata", "JSONata", "JSONPath"]


def test_a_state_leads_to_itself_and_to_whatever_follows() -> None:
    # given
    document = {
        "StartAt": "A",
        "States": {"A": {**TASK, "Next": "B"}, "B": {**TASK, "Next": "C"}, "C": END, "D": END},
    }
    (scope,) = scopes(document)

    # then
    assert scope.reached("B") == {"B", "C"}
    assert scope.reached("B", caught="D") == {"B", "C", "D"}
    assert scope.reached("C", caught="D") == {"C"}


def test_what_is_no_definition_has_no_states() -> None:
    assert [one.states for one in scopes({"States": {"A": 5}})] == [{"A": {}}]
    assert [one.states for one in scopes({"States": "none"})] == [{}]
