"""Documents: cut them into passages, prove citations against them, account for every passage."""





from .ledger import coverage as coverage

