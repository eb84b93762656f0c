"""Given names that are common in Germany: a capitalised word that is one of these may begin a person's name.

German writes every noun with a capital, so that ``Digitale Agenda`` looks like ``Erika Mustermann``; the given name is
what tells them apart where no office stands beside it.  Words that are nouns, months or towns as well (``August``,
``Mai``, ``Florenz``) are left out.  Collected by hand; a missing name costs recall, never precision.
"""

from __future__ import annotations

_WOMEN = """
Adelheid Aferdita Agathe Agnes Agnieszka Aische Aleksandra Alena Alessandra Alexa Alexandra Alice Alicia Alina Aline
Alma Almut Amalia Amanda Amelie Amina Amira Ana Anastasia Andrea Angela Angelika Angelina Anika Anita Anja Anke Ann
Anna Annalena Anne Annegret Anneke Anneliese Annemarie Annett Annette Annika Anouk Antje Antonia Antonie Anya Ariane
Arzu Arzum Asli Astrid Aurelia Ayla Aylin Aynur Ayse Ayşe Aysel Azra Bahar Banu Barbara Beate Beatrice Beatrix Belma
Berit Bettina Bianca Birgit Birgitta Birte Brigitta Brigitte Britta Brunhilde Burcu Camilla Canan Cansu Carina Carla
Carmen Carola Carolin Carolina Caroline Catharina Cathrin Cecilia Celina Chantal Charlotte Chiara Chris Christa
Christel Christiane Christina Christine Claire Clara Claudia Conny Constanze Cora Cordula Corina Corinna Corinne
Cornelia Dagmar Damaris Dana Daniela Danuta Daria Deborah Defne Denise Derya Desiree Diana Dilek Dina Doreen Doris
Dorit Dorothea Dorothee Dörte Dörthe Dunja Ebru Edda Edeltraud Edith Ekaterina Elena Eleonore Elfriede Elif Elisa
Elisabeth Elise Elizabeth Elke Ella Ellen Elli Elma Elsa Elvira Emel Emilia Emily Emine Emma Erika Esma Esra Esther
Eva Evelin Evelyn Evi Fadime Farah Fatima Fatma Felicitas Feride Fidan Filiz Fiona Frauke Frederike Frieda Friederike
Gabi Gabriela Gabriele Galina Gerda Gerlinde Gertrud Gesa Gesche Gesine Gina Gisa Gisela Gitta Gitte Gloria Grazia
Greta Gudrun Gülay Gülcan Gülsen Gunda Gundula Habibe Hanna Hannah Hanne Hannelore Hatice Heide Heidemarie Heidi
Heidrun Heike Helen Helena Helene Helga Hella Henriette Henrike Herta Hilde Hildegard Hilke Hülya Ida Ilayda Ilka
Ilona Ilse Imke Ina Inci Ines Inga Inge Ingeborg Ingrid Inka Insa Irene Irina Iris Irma Irmela Irmgard Isabel Isabell
Isabella Isabelle Isolde Ivana Ivonne Iwona Jacqueline Jadwiga Jale Jana Janet Janin Janina Janine Janna Jasmin
Jeanette Jelena Jennifer Jenny Jessica Joana Johanna Jolanda Jolanta Josefine Josephine Juana Judith Julia Juliana
Juliane Julie Justyna Jutta Kaja Karen Karin Karina Karla Karola Karolin Karolina Karoline Katarina Katarzyna Kate
Katharina Käthe Kathleen Kathrin Kati Katja Katrin Kerstin Kim Kira Kirsten Klara Klaudia Konstanze Kornelia Kristin
Kristina Kristine Kübra Lale Lara Larissa Laura Lea Leah Leila Lena Leni Lenka Leonie Leyla Lieselotte Lilli Lilly
Lina Linda Lisa Liselotte Ljuba Lotte Louisa Louise Lucia Lucie Ludmila Luisa Luise Luzia Lydia Madeleine Magdalena
Maike Maja Malgorzata Malin Malu Mandy Manja Manuela Mara Mareen Mareike Maren Margareta Margarete Margaretha
Margarethe Margit Margot Margret Margrit Maria Marianne Marie Mariella Marietta Marika Marina Marion Marit Marlen
Marlena Marlene Marlies Marta Martha Martina Maryam Mathilda Mathilde Maya Mechthild Meike Melanie Melek Melina
Melissa Melitta Meltem Mercedes Merle Merve Meryem Mia Michaela Michelle Mina Mira Miriam Mirja Mirjam Mirjana Mona
Monica Monika Monique Mursal Nadia Nadin Nadine Nadja Najat Nalan Nancy Naomi Natalia Natalie Natascha Nazan Nele
Nermin Nesrin Nicola Nicole Nike Nilgün Nilüfer Nina Nora Nour Nuray Nurcan Nursen Nurten Oksana Olga Olivia Özge
Özlem Pamela Patricia Patrizia Paula Pauline Petra Pia Pinar Rabia Ramona Rana Raphaela Rebecca Rebekka Reem Regina
Regine Reinhild Renata Renate Ricarda Rita Romina Romy Ronja Rosa Rosalie Roswitha Roxana Ruth Sabina Sabine Sabrina
Sandra Saphira Sara Sarah Saskia Sawsan Seda Selin Selina Selma Sema Serap Serpil Sevgi Sevim Shirin Sibel Sibylle
Sieglinde Sigrid Sigrun Silja Silke Silvana Silvia Simona Simone Sina Sinem Slavica Sofia Sofie Songül Sonja Sophia
Sophie Stefanie Steffi Stella Stephanie Stine Suna Susan Susana Susann Susanna Susanne Svea Svenja Svetlana Swantje
Sybille Sylke Sylvia Tabea Tamara Tanja Tanya Tatjana Teresa Tessa Thea Theresa Therese Theresia Tina Tine Traudel
Traute Tuba Tülay Tülin Ulla Ulrike Undine Ursel Ursula Uta Ute Valentina Valerie Vanessa Vera Verena Veronika
Veronique Vesna Viktoria Viola Vivian Viviane Waltraud Wanda Wencke Wibke Wiebke Wilhelmine Wilma Xenia Yasemin Yasmin
Yeliz Yildiz Yvonne Zehra Zeynep Zita Zoe Zuzana
"""

_MEN = """
Abdul Abdullah Achim Adam Adem Adnan Adrian Ahmad Ahmed Ahmet Alain Alan Albert Albrecht Aleksander Alessandro Alex
Alexander Alexei Alfons Alfred Ali Alois Alwin Amir Ammar Anas Andi Andras André Andre Andreas Andrej Andrew Andrzej
Andy Ansgar Antje Anton Antonio Antonius Anwar Armin Arndt Arne Arno Arnold Arnulf Arthur Artur Arvid Arwed Axel Aydan
Balthasar Bastian Ben Benedikt Benjamin Benno Bent Berat Bernard Bernd Bernhard Bernt Bert Berthold Bertold Bertram
Björn Bodo Bogdan Boris Borys Boy Bruno Burghard Burkhard Burkhart Carl Carlo Carlos Carsten Cedric Cem Charles Chris
Christian Christof Christoph Christopher Claas Claus Clemens Conrad Constantin Cord Cornelius Cyril Damian Dan Daniel
Danilo Danny David Davide Denis Deniz Dennis Detlef Detlev Dieter Diether Dietmar Dietrich Dimitri Dirk Dominic
Dominik Donald Dragan Eberhard Eckard Eckart Eckehard Eckhard Eckhart Edgar Edmund Eduard Edward Edwin Egbert Eggert
Egon Ehrenfried Eike Ekkehard Ekrem Elias Elmar Emanuel Emil Emmanuel Emre Engelbert Enno Enrico Enver Erhan Erhard
Eric Erich Erik Erkan Erwin Eugen Ewald Fabian Fabio Falk Falko Farid Fatih Felix Ferdinand Ferhat Filip Finn Florian
Francesco Francis Franco Frank Franz Fred Frederic Frederick Frederik Friedbert Friedel Friedemann Friedhelm Friedrich
Fritz Gabriel Gebhard Georg George Gerald Gerd Gereon Gerhard Gerhart Gernot Gero Gerold Gerrit Gert Giovanni Giuseppe
Gottfried Götz Gregor Guido Gunnar Gunter Günter Gunther Günther Guntram Gustav Hagen Hajo Hakan Hannes Hanno Hanns
Hans Harald Harro Harry Hartmut Hartwig Hasan Hassan Hauke Heiko Hein Heiner Heinrich Heinz Helge Hellmut Helmut
Helmuth Hendrik Hennes Henning Henri Henrik Henry Herbert Heribert Hermann Hilmar Hinnerk Hinrich Holger Horst Hubert
Hubertus Hugo Hüseyin Hussein Ibrahim Ignaz Igor Immanuel Ingo Ingolf Ismail Ivan Iwan Jaan Jacek Jack Jacob Jakob
James Jan Janek Jannik Jannis Janosch Jari Jaroslav Jason Jasper Jean Jens Jim Joachim Jochen Joe Joel Johann Johannes
John Jonah Jonas Jonathan Jörg Jörn Joscha Joschka Jose José Josef Joseph Jost Josua Juan Julian Julius Jupp Jürgen
Juri Jürn Justus Kai Karim Karl Karlheinz Karol Karsten Kaspar Kay Kemal Kenan Kevin Kilian Klaus Knut Konrad
Konstantin Korbinian Kristian Kristof Kuno Kurt Ladislaus Lambert Lars Lasse Laurenz Leander Leif Lennart Leo Leon
Leonard Leonhard Leopold Levent Lorenz Lothar Louis Luca Lucas Ludger Ludolf Ludwig Luigi Luis Luka Lukas Luke Lutz
Magnus Maik Malte Manfred Manuel Marc Marcel Marco Marcus Marek Marian Mario Marius Mark Marko Markus Marlon Marten
Martin Marvin Mathias Mats Matthäus Matthias Matti Maurice Mauritz Max Maxim Maximilian Mehdi Mehmet Meinhard Meinolf
Melchior Merlin Mesut Michael Michel Miguel Mika Mike Milan Milos Mirco Mirko Miroslav Mohamed Mohammad Mohammed
Moritz Morten Muhammed Murat Mustafa Nabil Nicholas Nick Nico Nicolai Nicolas Niels Nikita Niklas Niko Nikolai
Nikolaos Nikolas Nikolaus Nils Noah Norbert Norman Oguz Olaf Ole Oleg Oliver Omar Ömer Onur Orcun Orhan Orkan Oscar
Oskar Osman Oswald Otmar Ottmar Otto Özgür Pablo Pascal Patrick Patrik Paul Pavel Pedro Peer Per Peter Phil Philip
Philipp Philippe Pierre Pinkas Piotr Quentin Rafael Raik Raiko Raimund Rainer Ralf Ralph Ramazan Ramon Randolf Raphael
Raul Recep Reimer Reiner Reinhard Reinhardt Reinhold Rene René Ricardo Richard Rico Robert Roberto Robin Roderich
Roger Roland Rolf Roman Ron Ronald Ronny Rouven Ruben Rudi Rüdiger Rudolf Rupert Salih Salvatore Sami Samir Samuel
Sascha Sebastian Selim Sepp Serdar Sergei Sergej Severin Siegbert Siegfried Siegmar Siegmund Sigmar Sigmund Silas
Silvio Simon Sönke Sören Stanislaus Stefan Steffen Stephan Stephen Steve Steven Sven Tarek Tarik Tayfun Ted Theo
Theodor Thies Thilo Thomas Thoralf Thorben Thorsten Till Tillmann Tilman Tilmann Tim Timm Timo Timon Timur Tino Titus
Tjark Tobias Tolga Tom Tomas Tomasz Toni Tony Toralf Torben Torge Torsten Traugott Tristan Udo Ulf Uli Ulli Ulrich
Umut Urban Urs Uwe Valentin Veit Victor Viktor Vincent Vinzenz Vitali Vladimir Volker Volkhard Volkmar Waldemar Walter
Walther Wenzel Werner Wieland Wilfried Wilhelm Willi William Willibald Willy Winfried Wladimir Wolf Wolfgang Wolfram
Wulf Xaver Yannick Yannik Yasin Yunus Yusuf Zoltan
"""

GIVEN_NAMES: frozenset[str] = frozenset((_WOMEN + _MEN).split())
"""Given names as written, without compounds: ``Hans-Peter`` is known by its parts."""
