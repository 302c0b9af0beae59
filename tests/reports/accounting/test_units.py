import pytest

from reports.accounting.units import number_words


@pytest.mark.parametrize(
    ("value", "said"),
    [
        (1.25e-7, "0.000000125"), (0.0, "0"), (0.000745195, "0.000745195"), (2.66, "2.66"),
        (-0.00909333, "−0.00909333"), (99999.5, "99999.5"), (100000.0, "100,000"), (1128000.0, "1,128,000"),
        (28200000.25, "28,200,000.25"),
    ],
)  # fmt: skip
def test_no_number_is_printed_with_an_exponent(value, said):
    assert number_words(value) == said
